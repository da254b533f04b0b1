#include <algorithm>
#include <array>

#include "base/ahead.hpp"
#include "base/lexical.hpp"
#include "base/text.hpp"
#include "intake/mend/rows.hpp"

namespace emltrace::intake::rows {
namespace {

constexpr std::string_view kOpenQuote = "\xE2\x80\x9C";
constexpr std::string_view kCloseQuote = "\xE2\x80\x9D";
constexpr std::string_view kSchemeInBrackets = "mailto:";

struct Replacement {
  std::string_view typographic;
  std::string_view plain;
};
constexpr std::array kQuotes = std::to_array<Replacement>({
    {kOpenQuote, "\""},
    {kCloseQuote, "\""},
    {"\xE2\x80\x9E", "\""},
    {"\xE2\x80\x98", "'"},
    {"\xE2\x80\x99", "'"},
});

// Zero-width characters come with copied web text and belong to no header.
constexpr std::array<std::string_view, 2> kZeroWidth = {"\xE2\x80\x8B", text::kByteOrderMark};

bool is_foreign_space(std::string_view text, std::size_t at) {
  return !text::is_wsp(text[at]) && space_length(text, at) > 0;
}

// Servers put none between the words of their lines.
bool is_written_with_plain_spaces(std::string_view name) {
  return is_received(name) || text::iequals(name, "date");
}

bool starts_with_foreign_space(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && text::is_wsp(line[at])) {
    ++at;
  }
  return at < line.size() && is_foreign_space(line, at);
}

std::size_t zero_width_length(std::string_view text, std::size_t at) {
  for (const auto mark : kZeroWidth) {
    if (text.substr(at).starts_with(mark)) {
      return mark.size();
    }
  }
  return 0;
}

// A quote of this kind that must be a plain one: it guards a character that RFC 5322 does not
// allow outside quotes, or it stands around a parameter's value.
bool guards_a_special(std::string_view body) {
  const std::size_t open = body.find(kOpenQuote);
  if (open == std::string_view::npos) {
    return false;
  }
  const std::size_t close = body.find(kCloseQuote, open);
  if (close == std::string_view::npos) {
    return false;
  }
  const std::string_view inside = body.substr(open, close - open);
  const bool parameter = open > 0 && body[open - 1] == '=';
  return parameter || inside.find_first_of(",;:.@()[]") != std::string_view::npos;
}

// Where an address was made a link: `[mailto:a@b]`, `a@b<mailto:a@b>`, `<mailto:a@b>`.
struct Link {
  std::size_t open;
  std::size_t close;
};

class Links {
 public:
  explicit Links(std::string_view plain) : plain_(plain), square_(plain, "]"), angle_(plain, ">") {}

  // The next one behind those that were given; null at the end.
  std::optional<Link> next() {
    for (std::size_t at = text::ifind(plain_, kSchemeInBrackets, from_);
         at != std::string_view::npos; at = text::ifind(plain_, kSchemeInBrackets, at + 1)) {
      const char before = at == 0 ? ' ' : plain_[at - 1];
      const bool literal = before == '[' && at > 1 && plain_[at - 2] == '@';
      if ((before != '[' && before != '<') || literal) {
        continue;
      }
      const std::size_t close = (before == '[' ? square_ : angle_).from(at);
      if (close != std::string_view::npos) {
        from_ = close + 1;
        return Link{at - 1, close};
      }
    }
    return std::nullopt;
  }

 private:
  std::string_view plain_;
  text::Ahead square_;
  text::Ahead angle_;
  std::size_t from_ = 0;
};

}  // namespace

bool has_foreign_spaces(const Look& look) {
  if (look.valid && look.ascii) return false;
  if (look.block.strays > 0) {
    for (const Line& line : Lines(look.text, look.block.begin, look.block.end)) {
      if (starts_with_foreign_space(line.text)) return true;
    }
  }
  return any_loose_field(look, [](const LooseField& field) {
    if (!is_written_with_plain_spaces(field.name) || text::is_ascii(field.body)) return false;
    const std::string plain = blank_quoted_and_comments(field.body);
    for (std::size_t at = 0; at < plain.size(); ++at) {
      if ((plain[at] & 0x80) != 0 && is_foreign_space(plain, at)) return true;
    }
    return false;
  });
}

// Of a header that is whole but for spaces in the servers' lines only those lines are changed: in a
// Subject they may have been meant.
void plain_spaces(const Look& look, Edit& edit) {
  std::size_t from = 0;
  const auto mend = [&](std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end;) {
      const bool plain = (look.text[at] & 0x80) == 0;
      const std::size_t length = plain ? 0 : space_length(look.text, at);
      const std::size_t nothing = plain ? 0 : zero_width_length(look.text, at);
      if (length > 0 || nothing > 0) {
        edit.note(at);
        edit.copy(from, at);
        edit.replace(at, at + std::max(length, nothing), length > 0 ? " " : "");
        from = at + std::max(length, nothing);
      }
      at += std::max({length, nothing, std::size_t{1}});
    }
  };
  if (look.valid) {
    any_loose_field(look, [&](const LooseField& field) {
      if (is_written_with_plain_spaces(field.name)) {
        mend(field.offset, field.offset + field.body.size());
      }
      return false;
    });
  } else {
    mend(0, look.block.end);
  }
  edit.copy(from, look.text.size());
}

bool has_typographic_quotes(const Look& look) {
  if (look.ascii) return false;
  const std::string_view header = look.text.substr(0, look.block.end);
  if (header.find('"') != std::string_view::npos ||
      header.find(kOpenQuote) == std::string_view::npos) {
    return false;
  }
  return any_loose_field(look, [](const LooseField& field) {
    const bool parameters = text::istarts_with(field.name, "content-") ||
                            text::iends_with(field.name, "authentication-results") ||
                            text::iends_with(field.name, "-signature");
    return (parameters || is_structured(field.name)) && guards_a_special(field.body);
  });
}

void plain_quotes(const Look& look, Edit& edit) {
  std::size_t from = 0;
  for (std::size_t at = look.text.find('\xE2'); at < look.block.end;
       at = look.text.find('\xE2', at + 1)) {
    for (const Replacement& quote : kQuotes) {
      if (look.text.substr(at).starts_with(quote.typographic)) {
        edit.note(at);
        edit.copy(from, at);
        edit.replace(at, at + quote.typographic.size(), quote.plain);
        from = at + quote.typographic.size();
        break;
      }
    }
  }
  edit.copy(from, look.text.size());
}

bool has_mailto(const Look& look) {
  return any_loose_field(look, [](const LooseField& field) {
    return is_structured(field.name) &&
           text::ifind(field.body, kSchemeInBrackets) != std::string_view::npos &&
           Links(blank_quoted_and_comments(field.body)).next().has_value();
  });
}

// `a@b<mailto:a@b>` loses the link; a link that stands for the address itself becomes `<a@b>`.
void drop_mailto(const Look& look, Edit& edit) {
  std::size_t from = 0;
  any_loose_field(look, [&](const LooseField& field) {
    if (!is_structured(field.name)) {
      return false;
    }
    const std::string plain = blank_quoted_and_comments(field.body);
    Links links(plain);
    while (const auto link = links.next()) {
      const std::size_t open = field.offset + link->open;
      const std::size_t close = field.offset + link->close;
      const bool repeats = link->open > 0 && !text::is_space(plain[link->open - 1]) &&
                           plain[link->open - 1] != '<' && plain[link->open] == '<';
      edit.note(open);
      edit.copy(from, open);
      if (!repeats) {
        edit.replace(open, open + 1 + kSchemeInBrackets.size(), "<");
        edit.copy(open + 1 + kSchemeInBrackets.size(), close);
        edit.replace(close, close + 1, ">");
      }
      from = close + 1;
    }
    return false;
  });
  edit.copy(from, look.text.size());
}

}  // namespace emltrace::intake::rows
