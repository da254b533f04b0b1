#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "message/received/lexer.hpp"
#include "message/received/received.hpp"
#include "message/received/tcp_info.hpp"

/// Inside of the Received parser: a field half read. The grammar fills it, a producer row corrects
/// it.
namespace emltrace::received {

enum class Clause { lead, from, by, via, with, id, for_, tls, envelope_from };
constexpr std::size_t kClauses = 9;

/// Tokens [first, last) of a clause, without its keyword.
struct Region {
  std::size_t first = 0;
  std::size_t last = 0;
  [[nodiscard]] bool empty() const { return first == last; }
};

/// The from clause before it is decided which name is the HELO.
struct FromParts {
  std::string name;            ///< all before the first comment, as written
  std::string host;            ///< its first word or literal; empty where that cannot be a name
  std::optional<TcpInfo> tcp;  ///< what the server wrote itself: the last group of that shape
  std::optional<std::string> helo_comment;  ///< of `(HELO x)`; empty where the client said nothing
  std::optional<std::string> lone_name;     ///< of a comment that holds a name alone
  std::optional<std::string> uid;           ///< of `(uid 1000)`
  bool behind_name = false;                 ///< the address stood behind the name, in no comment
};

[[nodiscard]] constexpr bool is_text(Kind kind) {
  return kind == Kind::word || kind == Kind::quoted;
}

/// A name holds neither bracket nor blank.
[[nodiscard]] constexpr bool is_host_text(std::string_view name) {
  return !name.empty() && name.find_first_of(" []()<>\"") == std::string_view::npos;
}

struct Draft {
  explicit Draft(std::string_view field_text) : text(field_text), tokens(lex(field_text)) {
    taken.assign(tokens.size(), false);
  }

  [[nodiscard]] const Region& region(Clause clause) const {
    return clauses[static_cast<std::size_t>(clause)];
  }
  [[nodiscard]] Region& region(Clause clause) { return clauses[static_cast<std::size_t>(clause)]; }

  /// The text from token `first` up to token `last`, as written between them.
  [[nodiscard]] std::string_view slice(std::size_t first, std::size_t last) const {
    if (first >= last) {
      return {};
    }
    const char* begin = tokens[first].text.data();
    const std::string_view end = tokens[last - 1].text;
    return {begin, static_cast<std::size_t>(end.data() + end.size() - begin)};
  }
  void take(std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i) {
      taken[i] = true;
    }
  }
  /// One past the tokens that are glued to token `first`, comments apart.
  [[nodiscard]] std::size_t glued_end(std::size_t first, std::size_t last) const {
    std::size_t end = first + 1;
    while (end < last && tokens[end].glued && tokens[end].kind != Kind::comment) {
      ++end;
    }
    return end;
  }

  /// Where the value of a clause begins: behind its comments, where something else follows them.
  [[nodiscard]] std::size_t value_begin(const Region& in) const {
    std::size_t at = in.first;
    while (at < in.last && tokens[at].kind == Kind::comment) {
      ++at;
    }
    return at == in.last ? in.first : at;
  }

  /// One past the tokens of the name at `first`: a literal with its port, or words and quotes that
  /// are glued together. A name never goes on into a bracket or behind a blank.
  [[nodiscard]] std::size_t name_end(std::size_t first, std::size_t last) const {
    std::size_t end = first + 1;
    const bool literal = tokens[first].kind == Kind::literal;
    while (end < last && tokens[end].glued &&
           (literal ? tokens[end].text.front() == ':' : is_text(tokens[end].kind))) {
      ++end;
    }
    return end;
  }

  /// The name that ends before token `end` goes on in a bracket that is no address:
  /// `mail[.]example.org`. What it is cannot be told.
  [[nodiscard]] bool goes_on_in_bracket(std::size_t end, std::size_t last) const {
    return end < last && tokens[end].glued && tokens[end].kind == Kind::literal &&
           !stands_for_address(tokens[end].inner);
  }

  std::string_view text;
  std::vector<Token> tokens;
  std::vector<bool> taken;
  std::array<Region, kClauses> clauses{};
  std::size_t body_end = 0;  ///< where the date begins
  FromParts from;
  std::vector<std::string> extra;  ///< leftovers that are no whole token
  Received out;
};

}  // namespace emltrace::received
