#pragma once

#include <string>

#include "intake/item.hpp"
#include "report/html/html.hpp"
#include "support/paths.hpp"
#include "support/process.hpp"
#include "support/sample_report.hpp"

/// Pages of HTML, and the outside reader that judges them.
namespace emltrace::test {

inline Outcome check_page(const std::string& page, const std::vector<std::string>& options = {}) {
  std::vector<std::string> arguments{"python3", source_dir() + "/tests/support/check_page.py"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  return run("/usr/bin/env", {std::move(arguments), page, {}, ""});
}

/// What is wrong with the page, by Python's parser; empty where nothing is.
inline std::string faults_of(const std::string& page) {
  const Outcome outcome = check_page(page);
  return outcome.status == 0 ? outcome.out + outcome.err : "faults:\n" + outcome.out + outcome.err;
}

/// What stands in the page, as Python's parser reads it: `TAG.CLASS: TEXT`, a line each.
inline std::string text_of(const std::string& page) {
  return check_page(page, {"--text"}).out;
}

inline intake::Item item_of(std::string_view text) {
  intake::Item item;
  item.path = "a.eml";
  item.original = text;
  item.text = text;
  return item;
}

/// A page of one message.
inline std::string page_of(const trace::Report& report, std::string_view text,
                           bool verbose = false) {
  report::HtmlDocument document(verbose);
  std::string page = document.add(report, item_of(text));
  return page + document.end();
}

}  // namespace emltrace::test
