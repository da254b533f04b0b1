#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

/// What the answers of DNS block lists mean, by list, as their operators document it. One row a
/// list; a zone that has none is read by the general rule of block_list.hpp.
namespace emltrace::trace::block_list_rows {

enum class Sense {
  listed,
  error,  ///< the list tells the asker something about himself: nothing is listed by it
};

/// Answers from 127.`first` to 127.`last`, as 24-bit numbers.
struct Code {
  std::uint32_t first;
  std::uint32_t last;
  Sense sense;
  std::string_view meaning;
};

constexpr std::uint32_t octets(std::uint32_t second, std::uint32_t third, std::uint32_t fourth) {
  return second << 16 | third << 8 | fourth;
}
constexpr Code one(std::uint32_t at, std::string_view meaning, Sense sense = Sense::listed) {
  return {at, at, sense, meaning};
}

enum class Holds { addresses, names };
enum class Answers {
  codes,  ///< each answer is one code
  bits,   ///< the last octet of 127.0.0.n is a sum of codes; one that has Sense::error stands alone
};

struct List {
  std::string_view zones;  ///< blank-separated; each covers the names below it too, for lists whose
                           ///< zone holds a customer's key
  Holds holds;
  Answers answers;
  std::span<const Code> codes;
  std::string_view test_name = {};  ///< of a list of names: one that is always listed
};

inline constexpr auto kSpamhausErrors = std::to_array<Code>({
    one(octets(255, 255, 252), "the name of the zone is written wrongly", Sense::error),
    one(octets(255, 255, 254),
        "the list does not answer questions that come through a public resolver", Sense::error),
    one(octets(255, 255, 255), "too many questions came from this resolver", Sense::error),
});

inline constexpr auto kZen = std::to_array<Code>({
    one(octets(0, 0, 2), "SBL: sends, hosts or supports spam"),
    one(octets(0, 0, 3), "CSS: sends spam of low reputation"),
    one(octets(0, 0, 4), "XBL: infected or an open proxy"),
    one(octets(0, 0, 9), "DROP: a network under the control of spammers"),
    one(octets(0, 0, 10), "PBL: a range of end users by the provider's word; no listing for abuse"),
    one(octets(0, 0, 11), "PBL: a range of end users by Spamhaus' word; no listing for abuse"),
    one(octets(0, 0, 30), "BCL: controls a botnet"),
    kSpamhausErrors[0],
    kSpamhausErrors[1],
    kSpamhausErrors[2],
});

inline constexpr auto kDbl = std::to_array<Code>({
    one(octets(0, 1, 2), "a domain of spam"),
    one(octets(0, 1, 4), "a domain of phishing"),
    one(octets(0, 1, 5), "a domain of malware"),
    one(octets(0, 1, 6), "a domain that controls a botnet"),
    one(octets(0, 1, 102), "a legitimate domain, abused for spam"),
    one(octets(0, 1, 103), "a legitimate redirector, abused for spam"),
    one(octets(0, 1, 104), "a legitimate domain, abused for phishing"),
    one(octets(0, 1, 105), "a legitimate domain, abused for malware"),
    one(octets(0, 1, 106), "a legitimate domain, abused to control a botnet"),
    one(octets(0, 1, 255), "the list holds names, and an address was asked", Sense::error),
    kSpamhausErrors[0],
    kSpamhausErrors[1],
    kSpamhausErrors[2],
});

inline constexpr auto kZrd = std::to_array<Code>({
    {octets(0, 2, 2), octets(0, 2, 24), Sense::listed, "first seen less than a day ago"},
    kSpamhausErrors[0],
    kSpamhausErrors[1],
    kSpamhausErrors[2],
});

inline constexpr auto kAuthbl = std::to_array<Code>({
    one(octets(0, 0, 20), "guesses passwords"),
    kSpamhausErrors[0],
    kSpamhausErrors[1],
    kSpamhausErrors[2],
});

inline constexpr auto kSurbl = std::to_array<Code>({
    one(1, "the list refuses this resolver", Sense::error),
    one(4, "disposable mail"),
    one(8, "phishing"),
    one(16, "malware"),
    one(32, "click tracking"),
    one(64, "abuse"),
    one(128, "a cracked site"),
});

inline constexpr auto kUribl = std::to_array<Code>({
    one(1, "the list refuses this resolver", Sense::error),
    one(2, "black: seen in spam"),
    one(4, "grey: seen in bulk mail that some never asked for"),
    one(8, "red: automatic or young listing"),
});

inline constexpr auto kPlain = std::to_array<Code>({one(octets(0, 0, 2), "listed")});

inline constexpr auto kSenderScore = std::to_array<Code>({
    one(octets(255, 255, 255), "this resolver is not registered with the list", Sense::error),
});

inline constexpr auto kLists = std::to_array<List>({
    {"zen.spamhaus.org sbl.spamhaus.org xbl.spamhaus.org pbl.spamhaus.org sbl-xbl.spamhaus.org "
     "zen.dq.spamhaus.net sbl.dq.spamhaus.net xbl.dq.spamhaus.net pbl.dq.spamhaus.net",
     Holds::addresses, Answers::codes, kZen},
    {"dbl.spamhaus.org dbl.dq.spamhaus.net", Holds::names, Answers::codes, kDbl, "dbltest.com"},
    {"zrd.spamhaus.org zrd.dq.spamhaus.net", Holds::names, Answers::codes, kZrd},
    {"authbl.spamhaus.org authbl.dq.spamhaus.net", Holds::addresses, Answers::codes, kAuthbl},
    {"multi.surbl.org", Holds::names, Answers::bits, kSurbl, "test.surbl.org"},
    {"multi.uribl.com", Holds::names, Answers::bits, kUribl, "test.uribl.com"},
    {"bl.spamcop.net", Holds::addresses, Answers::codes, kPlain},
    {"b.barracudacentral.org", Holds::addresses, Answers::codes, kPlain},
    {"bl.score.senderscore.com", Holds::addresses, Answers::codes, kSenderScore},
});

}  // namespace emltrace::trace::block_list_rows
