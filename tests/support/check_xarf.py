"""check_xarf.py SCHEMA REPORT: prints `valid`, or what is wrong with the report."""

import json
import re
import sys
import uuid

import jsonschema


def is_uuid4(text):
    try:
        return uuid.UUID(text).version == 4 and str(uuid.UUID(text)) == text
    except ValueError:
        return False


checker = jsonschema.FormatChecker()
checker.checks("uuid")(is_uuid4)
checker.checks("email")(lambda text: re.fullmatch(r"[^@\s<>\"]+@[a-z0-9.-]+", text, re.I) is not None)
checker.checks("hostname")(lambda text: re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", text, re.I) is not None)
checker.checks("uri")(lambda text: re.fullmatch(r"[a-z]+://[!-~]+", text) is not None)
checker.checks("date-time")(lambda text: re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text) is not None)

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
with open(sys.argv[2], encoding="utf-8") as file:
    report = json.load(file)
errors = list(jsonschema.Draft202012Validator(schema, format_checker=checker).iter_errors(report))
for error in errors:
    print("/".join(str(step) for step in error.absolute_path), error.message[:200])
if not errors:
    print("valid")
