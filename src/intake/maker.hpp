#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "intake/container/exported.hpp"
#include "intake/inside/attached.hpp"
#include "intake/inside/outlook_msg.hpp"
#include "intake/inside/survey.hpp"
#include "intake/inside/untraced.hpp"
#include "intake/inside/wrapper_facts.hpp"
#include "intake/item.hpp"
#include "intake/mend/mend.hpp"
#include "intake/mend/repair.hpp"
#include "intake/reader.hpp"
#include "intake/sources.hpp"
#include "intake/storage.hpp"
#include "message/header_block.hpp"

namespace emltrace::intake {

/// What one message was found as.
struct Origin {
  std::string path;
  std::size_t index = 1;
  std::size_t offset = 0;  ///< in the input
  std::optional<std::string> part;
  bool in_mbox = false;  ///< one of several
  /// How much of a message it is; a part that was told by its content is looked at again.
  survey::Extent extent = survey::Extent::unknown;
  WrapperFacts wrapper;
  std::size_t depth = 0;
  bool as_it_is = false;         ///< a header of our own making: there is nothing to mend
  std::vector<Repair> unpacked;  ///< what was done to get at its bytes
};

/// Turns the bytes of one input, or of one message of it, into entries: mends it, looks into it for
/// attached messages, tells what it is where it is none.
class Maker {
 public:
  Maker(const Options& options, std::deque<std::variant<Item, Fault>>& out)
      : options_(options), out_(out) {}

  /// At least one entry, but for a part of a message.
  void make(Chunk chunk, const Origin& origin);

 private:
  void fault(const Origin& origin, std::string why, Fault::Kind kind = Fault::Kind::unread);
  [[nodiscard]] bool is_headers(const Item& item, const HeaderBlock& block,
                                const Origin& origin) const;
  [[nodiscard]] bool refuse(const Item& item, const HeaderBlock& block, const Origin& origin);
  [[nodiscard]] std::optional<Item> read_item(Chunk chunk, const Origin& origin);
  [[nodiscard]] std::optional<Item> read_item(Chunk chunk, const Origin& origin, Mended mended);
  [[nodiscard]] bool divert(const Chunk& chunk, const Origin& origin);
  void make_exported(const Chunk& chunk, const Origin& origin, container::Export found);

  void make_outlook(const Chunk& chunk, const Origin& origin);
  void make_outlook(const outlook_msg::Message& message, const std::shared_ptr<const void>& storage,
                    const Origin& origin);
  void place(std::optional<Item> outer, const Origin& origin, attached::Content content,
             const std::shared_ptr<const void>& storage);
  [[nodiscard]] std::vector<Untraced> expand(const Item* outer, const Origin& origin,
                                             attached::Content& content,
                                             const std::shared_ptr<const void>& storage);

  const Options& options_;
  std::deque<std::variant<Item, Fault>>& out_;
};

}  // namespace emltrace::intake
