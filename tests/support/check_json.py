#!/usr/bin/env python3
"""Validates what the command prints as JSON against its schemas, by an implementation of JSON Schema
that is not ours.

    check_json.py COMMAND WRITE_REPORTS SCHEMAS SAMPLES [CASES]

Reports on the samples, on the cases where those are there, and on generated messages; a summary; the
findings. In strict mode: a member that the schema does not name is a fault, since the project itself
may write none that it does not describe.
"""
import concurrent.futures
import glob
import json
import os
import subprocess
import sys

import jsonschema

GENERATED = 1000
SEEDS = (1, 2)  # a process each
SHOWN = 20


def strict(schema):
    """The schema with every object closed that names its members."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: strict(each) for name, each in schema.items()}
    if isinstance(schema.get("properties"), dict) and "required" in schema:
        closed.setdefault("additionalProperties", False)
    return closed


class Checker:
    """Parts that have been found right are not looked at again: most of two reports is the same."""

    def __init__(self, folder, name):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            schema = json.load(file)
        jsonschema.Draft202012Validator.check_schema(schema)
        self.schema = strict(schema)
        self.parts = {}
        self.right = set()

    def faults(self, document):
        """The whole without the contents of its members, then each member for itself."""
        properties = self.schema.get("properties")
        if properties is None:
            return self.part_faults("", self.schema, document)
        hollow = {**self.schema, "properties": {name: True for name in properties}}
        found = self.part_faults("", hollow, {name: None for name in document})
        for name, value in document.items():
            if name not in properties:
                continue
            items = properties[name].get("items")
            if isinstance(value, list) and items:
                for i, each in enumerate(value):
                    found += self.part_faults(f"/{name}/{i}", items, each, f"/{name}/*")
            else:
                found += self.part_faults(f"/{name}", properties[name], value)
        return found

    def part_faults(self, pointer, schema, value, key=None):
        key = key or pointer
        seen = (key, json.dumps(value, sort_keys=True))
        if seen in self.right:
            return []
        if key not in self.parts:
            self.parts[key] = jsonschema.Draft202012Validator(schema)
        found = []
        for error in self.parts[key].iter_errors(value):
            place = "".join(f"/{step}" for step in error.absolute_path)
            found.append(f"{pointer}{place}: {error.message[:300]}")
        if not found:
            self.right.add(seen)
        return found


def documents(text):
    decoder = json.JSONDecoder()
    at = 0
    while at < len(text):
        document, at = decoder.raw_decode(text, at)
        yield document
        while at < len(text) and text[at].isspace():
            at += 1


def run(arguments, folder=None):
    environment = {**os.environ, "XDG_CONFIG_HOME": "/nonexistent"}
    return subprocess.run(arguments, cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=300,
                          check=False).stdout.decode("utf-8")


def sample_outputs(command, samples):
    for message in sorted(glob.glob(os.path.join(samples, "*.eml"))):
        zone = message[:-3] + "zone"
        yield message, run([command, "-f", "json", "--zone", zone, message])


def case_outputs(command, cases):
    for path in sorted(glob.glob(os.path.join(cases, "*", "cases.json"))):
        folder = os.path.dirname(path)
        with open(path, encoding="utf-8") as file:
            known = json.load(file)
        for case in known:
            if case.get("format", "json") != "json" or case.get("stdin"):
                continue
            files = case["file"] if isinstance(case["file"], list) else [case["file"] or []]
            zone = ["--zone", case["zone"]] if case.get("zone") else ["--offline"]
            options = [] if "{tmp}" in " ".join(case["options"]) else case["options"]
            yield f"{folder}: {case['name']}", run(
                [command, "-f", "ndjson", *zone, *options, *[name for name in files if name]], folder)


def check(folder, schema, outputs):
    """(documents, faults) of all the outputs, each with its name."""
    checker = Checker(folder, schema)
    count, faults = 0, []
    for name, text in outputs:
        for document in documents(text):
            count += 1
            faults += [f"{name}: {fault}" for fault in checker.faults(document)]
    return count, faults


def check_generated(folder, program, seed):
    count = GENERATED // len(SEEDS)
    outputs = [(f"generated, seed {seed}", run([program, str(count), str(seed)]))]
    return check(folder, "report-1.schema.json", outputs)


def main():
    command, program, folder, samples = sys.argv[1:5]
    cases = sys.argv[5] if len(sys.argv) > 5 else ""
    some = sorted(glob.glob(os.path.join(samples, "*.eml")))
    summary = run([command, "-f", "ndjson", "--offline", "--summary", *some]).splitlines()[-1]
    findings = [(name, run([command, "-f", "json", *name.split()]))
                for name in ("--list-findings", "--explain forged-tail")]
    with concurrent.futures.ProcessPoolExecutor() as pool:
        jobs = {
            "samples": pool.submit(check, folder, "report-1.schema.json",
                                   list(sample_outputs(command, samples))),
            "summaries": pool.submit(check, folder, "summary-1.schema.json", [("summary", summary)]),
            "findings": pool.submit(check, folder, "findings-1.schema.json", findings),
        }
        for seed in SEEDS:
            jobs[f"generated {seed}"] = pool.submit(check_generated, folder, program, seed)
        if os.path.isdir(cases):
            jobs["cases"] = pool.submit(check, folder, "report-1.schema.json",
                                        list(case_outputs(command, cases)))
        broken = False
        for name, job in jobs.items():
            count, faults = job.result()
            print(f"{name}: {count} documents, {len(faults)} faults")
            for fault in faults[:SHOWN]:
                print("  " + fault)
            broken = broken or bool(faults) or count == 0
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
