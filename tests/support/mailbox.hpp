#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Makes mailbox files of messages that are known, as the programs that write such files do.
namespace emltrace::test {

/// Who wrote the file: by what separates the messages, and what is done to `From ` lines in them.
enum class Dialect {
  mboxo,      ///< `From ` lines become `>From `
  mboxrd,     ///< so do `>From ` lines, once more
  mboxcl,     ///< as mboxo, with a Content-Length
  mboxcl2,    ///< nothing is escaped, with a Content-Length
  dash,       ///< `From - date`, X-Mozilla fields
  mozilla,    ///< as dash, since then `From ` alone
  bare,       ///< `From ` alone
  undated,    ///< `From jo@a.example`
  takeout,    ///< Google Takeout
  pipermail,  ///< `From jo at a.example  date`, two empty lines
  git,        ///< git format-patch
  joined,     ///< as mboxrd, without an empty line between the messages
  mmdf,       ///< lines of four Control-A around each message
};
inline constexpr Dialect kDialects[] = {
    Dialect::mboxo,   Dialect::mboxrd, Dialect::mboxcl,  Dialect::mboxcl2, Dialect::dash,
    Dialect::mozilla, Dialect::bare,   Dialect::undated, Dialect::takeout, Dialect::pipermail,
    Dialect::git,     Dialect::joined, Dialect::mmdf};
[[nodiscard]] std::string_view to_string(Dialect dialect);

/// The message numbered `index` as it stands in a file of that dialect: its separator, the header
/// with what the writer adds, the body escaped; without what the writer puts behind it.
[[nodiscard]] std::string stored(std::string_view message, Dialect dialect, std::size_t index);

/// A file of such messages.
[[nodiscard]] std::string mailbox(const std::vector<std::string>& stored_messages, Dialect dialect);

/// A message made by chance from `seed` with what can be taken for the start of another message:
/// sentences that begin with From, patches, mailboxes of another make as text, empty bodies, CRLF
/// and mixed line ends. Its body may end without a line end where `cut` is true.
[[nodiscard]] std::string tricky_message(unsigned seed, Dialect dialect, bool cut = false);

}  // namespace emltrace::test
