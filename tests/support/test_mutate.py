#!/usr/bin/env python3
"""The script `mutate` changes code and nothing else, and tells a watched line from an unwatched one."""
import contextlib
import importlib.machinery
import importlib.util
import io
import os
import shutil
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
SCRIPT = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "mutate")
loader = importlib.machinery.SourceFileLoader("mutate", SCRIPT)
mutate = importlib.util.module_from_spec(importlib.util.spec_from_loader("mutate", loader))
loader.exec_module(mutate)


def results(text, enums=None):
    """Every text that one change makes out of `text`."""
    return {mutate.apply_change(text, c) for c in mutate.changes_of("x.cpp", text, enums or {})}


class Changes(unittest.TestCase):
    def test_comments_literals_and_directives_stay(self):
        for text in ["// a < b && true\n", "/* a == 1\n b */\n", "#include <array>\n", "#if 1 && \\\n  2 < 3\n",
                     'auto s = f("{} < 10 && true");\n', "auto c = '<';\n", 'auto r = R"(1 < 2)";\n',
                     "static_assert(1 < 2);\n", "template <class T = int>\n", "[[deprecated(1)]]\n"]:
            self.assertEqual(results(text), set(), text)

    def test_comparisons(self):
        self.assertEqual(results("return a < b;\n"), {"return a <= b;\n"})
        self.assertEqual(results("return a >= b;\n"), {"return a > b;\n"})
        self.assertEqual(results("return a == b;\n"), {"return a != b;\n"})
        self.assertEqual(results("std::vector<int> f(Map<A, B>&& x);\n"), set())
        self.assertEqual(results("out << a->b;\n"), set())

    def test_conjunctions_and_negations(self):
        self.assertEqual(results("return a && !b;\n"), {"return a || !b;\n", "return a && b;\n"})
        self.assertEqual(results("return a ||\n  b;\n"), {"return a &&\n  b;\n"})

    def test_conditions(self):
        self.assertEqual(results("if (f(a)) return b;\n"), {"if (!(f(a))) return b;\n"})
        self.assertEqual(results("if (const auto x = f(); x) g;\n"), {"if (const auto x = f(); !(x)) g;\n"})
        self.assertEqual(results("if (const auto* x = f()) g;\n"), set())

    def test_numbers(self):
        self.assertEqual(results("constexpr int kHour = 3'600;\n"),
                         {"constexpr int kHour = 900;\n", "constexpr int kHour = 14400;\n"})
        self.assertEqual(results("int a = 0;\n"), {"int a = 1;\n"})
        self.assertEqual(results("int a = 7;\n"), {"int a = 6;\n", "int a = 8;\n"})
        self.assertEqual(results("std::int64_t a = 0x10, b1, c = 0644;\nx.reserve(8);\n"), set())

    def test_truths_and_enumerators(self):
        self.assertEqual(results("return true;\n"), {"return false;\n"})
        enums = mutate.enums_of(["enum class Level : int { clean, notice, forged };", "// enum class Level { x };"])
        self.assertEqual(enums, {"Level": ["clean", "notice", "forged"]})
        self.assertEqual(results("return Level::notice;\n", enums), {"return Level::clean;\n", "return Level::forged;\n"})
        self.assertEqual(results("case Level::notice:\n", enums), set())
        self.assertEqual(mutate.enums_of(["enum class Kind { a };", "enum class Kind { b };"]), {})

    def test_rows(self):
        table = 'constexpr std::array kRows{\n    Row{"a",\n        {"b"}},\n    Row{"c"},\n};\n'
        self.assertEqual(results(table), {table.replace('Row{"a",\n        {"b"}},', ""), table.replace('Row{"c"},', "")})

    def test_statements_and_jumps(self):
        body = "{\n  a.b = f(c);\n  ++n;\n  g(a);\n  const int d = f;\n  break;\n  return h(a);\n}\n"
        self.assertEqual(results(body), {body.replace(s, "{}") for s in ("a.b = f(c);", "++n;", "g(a);", "break;")})


class Run(unittest.TestCase):
    def setUp(self):
        self.root = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.root)

    def write(self, name, text):
        with open(os.path.join(self.root, name), "w", encoding="utf-8") as file:
            file.write(text)

    def run_script(self, *arguments):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            mutate.main(["--root", self.root, "--build-command", "c++ -w -o a.out *.cpp",
                         "--test-command", "./a.out", *arguments, "a.cpp"])
        return out.getvalue()

    def test_caught_and_survived(self):
        self.write("a.cpp", "bool watched(int x) { return x < 7; }\n"
                            "bool unwatched() { return true; }\n")
        self.write("main.cpp", "bool watched(int);\nint main() { return !watched(6) || watched(7); }\n")
        lines = self.run_script().splitlines()
        outcomes = {line.split(":")[1]: line.rpartition(": ")[2] for line in lines[:-1]}
        self.assertEqual(outcomes, {"1": "caught", "2": "survived"})
        self.assertEqual(lines[-1], "1 caught of 2")

    def test_what_does_not_build_counts_neither_way(self):
        self.write("a.cpp", "int a[1];\nint (&b)[1] = a;\nint main() { return *b; }\n")
        self.assertTrue(self.run_script().endswith("0 caught of 0\n"))

    def test_the_project_itself_is_not_touched(self):
        source = "bool f() { return true; }\nint main() { return !f(); }\n"
        self.write("a.cpp", source)
        out = self.run_script("--count", "9")
        self.assertTrue(out.endswith("2 caught of 2\n"), out)
        with open(os.path.join(self.root, "a.cpp"), encoding="utf-8") as file:
            self.assertEqual(file.read(), source)

    def test_a_test_that_fails_unchanged_is_told(self):
        self.write("a.cpp", "int main() { return 1; }\n")
        with self.assertRaises(SystemExit) as refused:
            self.run_script()
        self.assertIn("fail unchanged", str(refused.exception))


if __name__ == "__main__":
    unittest.main()
