#!/usr/bin/python3
"""Reads a mail on stdin as any mail program would, strictly, and prints it as JSON."""

import email
import email.policy
import json
import sys

raw = sys.stdin.buffer.read()
message = email.message_from_bytes(raw, policy=email.policy.default.clone(raise_on_defect=True))
parts = [part for part in message.walk() if not part.is_multipart()]
print(
    json.dumps(
        {
            "headers": {name.lower(): str(value) for name, value in message.items()},
            "times_named": max(sum(other == name for other in map(str.lower, message.keys()))
                               for name in map(str.lower, message.keys())),
            "type": message.get_content_type(),
            "parts": [part.get_content_type() for part in parts],
            "text": parts[0].get_content(),
            "html": parts[1].get_content(),
            "seconds": int(message["date"].datetime.timestamp()),
        }
    )
)
