#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// What each member of the JSON report is: the one table from which its schema and its manual page
/// are made. The tests hold it against what is written, both ways.
namespace emltrace::report::json {

enum class Shape {
  object,
  objects,        ///< a list of objects
  text,           ///< UTF-8
  raw,            ///< bytes of the message: a text, with a twin `NAME_base64` where UTF-8 lost some
  texts,          ///< a list of texts
  texts_by_name,  ///< an object whose names are not known beforehand
  time,           ///< RFC 3339 in UTC
  integer,
  integers,       ///< a list of integers
  boolean,
};

/// The words that a text may be.
using Words = std::vector<std::string> (*)();

struct FieldRow {
  std::string_view pointer;  ///< RFC 6901 from the top of the document; `*`: each of a list
  Shape shape;
  std::string_view text;             ///< what it says, with its unit
  std::string_view null_where = {};  ///< when it is null: `no hop has a stamp`; empty: never
  Words words = nullptr;             ///< null: any text
  std::string_view like = {};        ///< the pointer of the row whose members this one has too
};

/// The words of an enumeration by its `to_string`, but for an empty one.
template <class E, E last>
std::vector<std::string> words_of() {
  std::vector<std::string> words;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i) {
    const std::string_view word = to_string(static_cast<E>(i));
    if (!word.empty()) words.emplace_back(word);
  }
  return words;
}

/// The rows of `emltrace.report/1`, each part in the order in which it is written.
[[nodiscard]] std::vector<FieldRow> report_rows();
/// The rows of `emltrace.summary/1`.
[[nodiscard]] std::span<const FieldRow> summary_rows();
/// The rows of one finding of the catalogue.
[[nodiscard]] std::span<const FieldRow> finding_kind_rows();

[[nodiscard]] std::span<const FieldRow> input_rows();
[[nodiscard]] std::span<const FieldRow> route_rows();
[[nodiscard]] std::span<const FieldRow> auth_rows();
[[nodiscard]] std::span<const FieldRow> dkim2_rows();
[[nodiscard]] std::span<const FieldRow> judgement_rows();

}  // namespace emltrace::report::json
