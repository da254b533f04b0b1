#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Finding addresses in texts however they are written there (RFC 6590 3).
namespace emltrace::report {

/// An address that is to be hidden, and what stands in for its local part.
struct PrivateAddress {
  std::string local;   ///< unquoted
  std::string domain;  ///< as it stands behind the '@'
  std::string token;
};

/// What a coded or cut text becomes.
inline constexpr std::string_view kRedacted = "[redacted]";

/// A set of addresses and names of persons, and how they are replaced in a text.
class PrivateStrings {
 public:
  /// Which forms of an address are looked for.
  enum class Forms {
    address,  ///< with its domain: `a@d`, `a+tag@d`, `a=d` (VERP), `d=a@` (SRS), each letter also
              ///< as
              ///< `%40`, `%2540`, `=40`, `&#64;` or `\u0040`, across soft line breaks; and in
              ///< base64 or hexadecimal
    words,    ///< besides, the local part as a word of its own or as the value of a parameter, for
              ///< texts that people read
  };

  /// A stretch of a text, offsets.
  struct Run {
    std::size_t begin;
    std::size_t end;
  };

  void add(PrivateAddress address);
  /// A person's name of two words or more; another is ignored: it stands in texts by chance.
  void add_name(std::string_view name);
  [[nodiscard]] bool empty() const { return addresses_.empty() && names_.empty(); }
  [[nodiscard]] const std::vector<PrivateAddress>& addresses() const { return addresses_; }

  /// The text with each local part replaced by its token, each name and each coded stretch that
  /// holds an address by kRedacted. Letter case does not count. Linear in the text for each string.
  [[nodiscard]] std::string replaced(std::string_view text, Forms forms) const;
  /// The same but for coded stretches, which stay.
  [[nodiscard]] std::string replaced_plain(std::string_view text, Forms forms) const;
  /// An address stands in the text in some form, coded ones too.
  [[nodiscard]] bool found_in(std::string_view text) const;

 private:
  struct Match {
    std::size_t begin;  ///< of what is replaced
    std::size_t end;
    std::string_view by;
    std::size_t next;  ///< where to go on
  };

  [[nodiscard]] std::optional<Match> match_at(std::string_view text, std::size_t at,
                                              Forms forms) const;
  [[nodiscard]] bool holds(std::string_view decoded, int depth) const;
  [[nodiscard]] bool piece_holds(std::string_view piece, int depth) const;
  /// Of a run of letters the stretch that is coded and holds an address; null where none is.
  [[nodiscard]] std::optional<Run> coded_in(std::string_view text, Run run, int depth) const;
  void note_first(std::string_view text);

  std::vector<PrivateAddress> addresses_;  ///< longest local part first
  std::vector<std::string> names_;         ///< longest first
  std::array<bool, 256> first_{};          ///< bytes with which something to hide may begin
};

}  // namespace emltrace::report
