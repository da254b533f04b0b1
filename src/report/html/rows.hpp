#pragma once

#include <string_view>

#include "report/html/markup.hpp"
#include "report/text/page.hpp"

namespace emltrace::report {

/// The name of a style in the style sheet; empty for plain text.
[[nodiscard]] std::string_view class_of(Style style);

void write(Markup& out, const Run& run);
void write(Markup& out, const Runs& runs);
/// A word on a ground of its colour.
void write_badge(Markup& out, std::string_view word, Style style);

/// Sections and rows of the text report as HTML: a heading begins a `section`, rows are a list of
/// terms. A row below another's result, whose first cells are empty, is of class `more`. What is
/// open is closed at the end of the block.
class RowsPage final : public Page {
 public:
  RowsPage(Markup& out, bool verbose) : out_(out), verbose_(verbose) {}
  RowsPage(const RowsPage&) = delete;
  RowsPage& operator=(const RowsPage&) = delete;
  ~RowsPage() override;

  [[nodiscard]] bool verbose() const override { return verbose_; }
  void blank() override {}
  void heading(std::string_view text) override;
  void row(const std::vector<Cell>& cells, const Runs& text) override;

 private:
  void close_list();
  void close_section();

  Markup& out_;
  bool verbose_;
  bool in_section_ = false;
  bool in_list_ = false;
};

}  // namespace emltrace::report
