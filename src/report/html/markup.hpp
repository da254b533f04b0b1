#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace emltrace::report {

/// What a text is told as; none: as it is.
using Told = std::function<std::string(std::string_view)>;

/// HTML as it is written. Whatever is said goes through `text` or the value of an attribute, and
/// leaves escaped (`append_html`): there is no other way in for a byte of a message.
class Markup {
 public:
  /// `defang`: nothing that is said links (defang.hpp). All of it is said as `told` tells it.
  explicit Markup(bool defang = false, Told told = {}) : defang_(defang), told_(std::move(told)) {}

  /// Name → value. An attribute whose value is empty is left out.
  using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  void open(std::string_view tag, Attributes attributes = {});
  void close(std::string_view tag);
  /// An element without content: `<rect … />`.
  void leaf(std::string_view tag, Attributes attributes);
  void text(std::string_view raw);
  /// An element that holds text alone.
  void element(std::string_view tag, Attributes attributes, std::string_view raw);
  /// Markup of the program's own, as it is.
  void own(std::string_view markup) { out_ += markup; }
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  void begin(std::string_view tag, Attributes attributes);
  void say(std::string_view raw);

  bool defang_;
  Told told_;
  std::string out_;
};

/// An element that is closed at the end of the block.
class Element {
 public:
  Element(Markup& out, std::string_view tag, Markup::Attributes attributes = {})
      : out_(out), tag_(tag) {
    out_.open(tag, attributes);
  }
  Element(const Element&) = delete;
  Element& operator=(const Element&) = delete;
  ~Element() { out_.close(tag_); }

 private:
  Markup& out_;
  std::string_view tag_;
};

}  // namespace emltrace::report
