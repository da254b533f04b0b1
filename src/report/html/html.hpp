#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "intake/item.hpp"
#include "report/html/markup.hpp"
#include "trace/report.hpp"

namespace emltrace::report {

/// The reports of a run as one page of HTML, UTF-8: the facts of the text report in its order, the
/// route over time as a picture, and the header with the bytes that findings speak of. It is one
/// file: no script, no request to anywhere, and a policy that forbids both to the browser.
///
/// It is written in pieces, head first, so that memory does not grow with the number of messages.
/// An index stands on top of several: its entries are written each before its message, and the
/// style sheet lifts them (CSS order), for nothing written can be gone back to.
class HtmlDocument {
 public:
  /// `verbose`: every reason, record and trail. `defang`: addresses, names and URLs are written so
  /// that nothing links.
  explicit HtmlDocument(bool verbose, bool defang = false) : verbose_(verbose), defang_(defang) {}

  /// One message, with all that has to stand before it. `item` is the one that was traced. Where
  /// `shown` is not empty its lines stand for those of the header, one for one. `told`: what a text
  /// is told as, before it is written so that nothing links.
  [[nodiscard]] std::string add(const trace::Report& report, const intake::Item& item,
                                std::string_view shown = {}, const Told& told = {});
  /// The end of the page; nothing follows.
  [[nodiscard]] std::string end() const;

 private:
  bool verbose_;
  bool defang_;
  std::size_t count_ = 0;
  std::string first_entry_;              ///< held back until a second message makes an index of it
  std::array<std::size_t, 4> levels_{};  ///< messages of each trace::Level
};

}  // namespace emltrace::report
