"""Appointments: pages of free times, meetings that buyers book there, calendars in and out."""
