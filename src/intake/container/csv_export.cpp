#include "intake/container/csv_export.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "intake/container/json_fields.hpp"
#include "message/field_start.hpp"

namespace emltrace::intake::container {
namespace {

constexpr Taken kTaken{"csv-cell", "The message was taken out of a cell of a table."};

struct Cell {
  std::string text;
  Place place;
};
using Row = std::vector<Cell>;

// Reads a table row by row. A quotation mark inside a cell is doubled; marks enclose a cell that
// holds line ends or separators.
class CsvReader {
 public:
  CsvReader(std::string_view text, char separator) : text_(text), separator_(separator) {}

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  /// False where a cell in quotation marks is not closed, or text follows its closing mark.
  bool read_row(Row& row) {
    row.clear();
    while (true) {
      if (!read_cell(row.emplace_back())) return false;
      if (at_end()) return true;
      const char end = text_[at_++];
      if (end == separator_) continue;
      if (end == '\r' && !at_end() && text_[at_] == '\n') ++at_;
      ++line_;
      return true;
    }
  }

 private:
  bool read_cell(Cell& cell) {
    cell.place = {at_, line_};
    if (at_end() || text_[at_] != '"') {
      const char ends[] = {separator_, '\r', '\n', '\0'};
      const std::size_t end = std::min(text_.find_first_of(ends, at_), text_.size());
      cell.text = text_.substr(at_, end - at_);
      at_ = end;
      return true;
    }
    while (true) {
      const std::size_t mark = text_.find('"', ++at_);
      if (mark == text_.npos) return false;
      cell.text += text_.substr(at_, mark - at_);
      at_ = mark + 1;
      if (at_end() || text_[at_] != '"') break;
      cell.text += '"';
    }
    line_ += static_cast<std::size_t>(std::ranges::count(cell.text, '\n'));
    return at_end() || text_[at_] == separator_ || text_[at_] == '\r' || text_[at_] == '\n';
  }

  std::string_view text_;
  char separator_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

// The separator of the first line; null where that begins a header or has none.
char separator_of(std::string_view text) {
  const std::string_view first = text.substr(0, text.find('\n'));
  if (field_start(first) || is_from_line(first)) return '\0';
  for (const char c : {',', ';', '\t'}) {
    if (first.find(c) != first.npos) return c;
  }
  return '\0';
}

// All rows have the columns of the first one, which names them.
class TableReader {
 public:
  TableReader(std::string_view text, char separator) : csv_(text, separator) {}

  std::optional<Export> read() {
    Row row;
    if (!csv_.read_row(row) || row.size() < 2) return std::nullopt;
    names_ = std::move(row);
    while (!csv_.at_end()) {
      const bool read = csv_.read_row(row);
      if (read && row.size() == 1 && text::trim(row[0].text).empty()) continue;
      if (!read || row.size() != names_.size()) {
        out_.complete = false;
        break;
      }
      look_into(row);
    }
    if (out_.messages.empty()) return std::nullopt;
    return std::move(out_);
  }

 private:
  // Of the cells of a row, which is about one message, the best is taken, as of an object of JSON.
  void look_into(Row& row) {
    JsonValue object{JsonValue::Kind::object, {}, {}, {}};
    for (std::size_t i = 0; i < row.size(); ++i) {
      object.keys.push_back(names_[i].text);
      object.elements.push_back({JsonValue::Kind::text, std::move(row[i].text), {}, {}});
    }
    for (FoundMessage& message : find_messages(object)) {
      if (message.rank == Found::object || message.rank == Found::trace_object) continue;
      const auto locate = [&](std::string_view name) {
        const auto column = std::ranges::find(object.keys, name);
        const auto index = static_cast<std::size_t>(column - object.keys.begin());
        return row[index < row.size() ? index : 0].place;
      };
      out_.messages.push_back(put_together(std::move(message), kTaken, locate));
    }
  }

  CsvReader csv_;
  Row names_;
  Export out_;
};

}  // namespace

std::optional<Export> read_csv(std::string_view bytes) {
  if (bytes.size() > kMaxCsvBytes) return std::nullopt;
  const std::size_t start =
      bytes.starts_with(text::kByteOrderMark) ? text::kByteOrderMark.size() : 0;
  const char separator = separator_of(bytes.substr(start));
  if (separator == '\0') return std::nullopt;
  auto table = TableReader(bytes.substr(start), separator).read();
  if (table) share_out(table->messages, bytes.size());
  return table;
}

}  // namespace emltrace::intake::container
