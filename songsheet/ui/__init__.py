"""How every page looks and answers: the frame, the components, the flow picture and the assets they wear."""
