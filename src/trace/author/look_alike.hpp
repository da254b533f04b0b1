#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace emltrace::trace {

/// A label that imitates a Latin one.
struct LookAlike {
  std::string label;    ///< as a reader sees it, UTF-8
  std::string latin;    ///< what it looks like
  std::string scripts;  ///< `Latin and Cyrillic`
};

/// The first label of a domain (UTF-8, U-labels) that mixes scripts with look-alike letters, or is
/// written wholly in letters that look Latin under a top-level domain of another script. Null where
/// there is none: whole words of one script under its own top-level domain, and mixes with Han,
/// Kana and Hangul are ordinary (UTS #39).
[[nodiscard]] std::optional<LookAlike> find_look_alike(std::string_view domain);

/// The scripts whose letters are taken for each other, as bits; all else is kNone.
enum LookAlikeScript : unsigned {
  kNone = 0,
  kLatin = 1,
  kPhonetic = 2,  ///< Latin letters of no alphabet but the phonetic one
  kGreek = 4,
  kCyrillic = 8,
  kArmenian = 16,
  kCherokee = 32,
  kCoptic = 64,
  kLisu = 128,
};
[[nodiscard]] unsigned look_alike_script(char32_t code_point);
/// `Latin and Cyrillic`
[[nodiscard]] std::string script_names(unsigned scripts);

/// The lower-case ASCII letter that a letter of another script is drawn like (UTS #39); 0 if none.
[[nodiscard]] char latin_twin(char32_t code_point);
/// It has such a twin, which common fonts draw alike.
[[nodiscard]] bool is_exact_twin(char32_t code_point);
/// A letter of the script (one bit) is drawn like the Latin one, of either case.
[[nodiscard]] bool has_twin_in(char latin, unsigned script);
/// The word holds look-alikes of Latin letters, beside letters of another script or alone.
[[nodiscard]] bool reads_as_latin(std::u32string_view word);

}  // namespace emltrace::trace
