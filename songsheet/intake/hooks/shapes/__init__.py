"""How bodies of providers become events of ours: a file each, and the table of them."""

from songsheet.intake.hooks.shapes import (
    aircall,
    calendly,
    mapped,
    postmark,
    sendgrid,
    twilio,
    typeform,
    zoom,
)
from songsheet.intake.hooks.shapes.reading import Shape

SHAPES: dict[str, Shape] = {
    "typeform": Shape("Typeform answers", ("typeform",), typeform.read, "event_type"),
    "calendly": Shape("Calendly appointments", ("calendly",), calendly.read, "event"),
    "zoom": Shape("Zoom webinars and meetings", ("zoom",), zoom.read, "event"),
    "aircall": Shape("Aircall calls", ("aircall",), aircall.read, "event"),
    "twilio": Shape("Twilio calls", ("twilio",), twilio.read, "CallStatus"),
    "postmark": Shape("Postmark mail events", ("shared",), postmark.read, "RecordType"),
    "sendgrid": Shape("SendGrid mail events", ("sendgrid", "shared"), sendgrid.read, "event"),
    "mapped": Shape("Any other: fields by a mapping", ("standard", "hub", "shared"), mapped.read),
}
