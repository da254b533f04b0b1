#include "auth/dmarc/org_domain.hpp"

#include <libpsl.h>

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>

namespace emltrace::auth {
namespace {

struct FreeList {
  void operator()(psl_ctx_t* list) const { psl_free(list); }
};
using List = std::unique_ptr<psl_ctx_t, FreeList>;

struct Holder {
  std::once_flag loaded;
  List list;
};

Holder& holder() {
  static Holder instance;
  return instance;
}

// psl_latest takes the newest of the system's file and the list built into libpsl; it gives null
// where the library was built without a list and no file is there.
const psl_ctx_t* list() {
  Holder& h = holder();
  std::call_once(h.loaded, [&h] {
    if (!h.list) h.list.reset(psl_latest(nullptr));
  });
  return h.list.get();
}

std::size_t labels_in(std::string_view name) {
  return static_cast<std::size_t>(std::count(name.begin(), name.end(), '.')) + 1;
}

// How much of a name's end is its registrable domain.
std::size_t look_up(const DomainName& name) {
  const psl_ctx_t* rules = list();
  if (rules == nullptr) return name.last_labels(2).text().size();
  const char* found = psl_registrable_domain(rules, name.text().c_str());
  return found == nullptr ? name.text().size() : std::string_view(found).size();
}

// The list is asked for the same few names again and again; each thread remembers the last ones.
class Memory {
 public:
  std::size_t look_up_once(const DomainName& name) {
    Entry& entry = entries_[std::hash<DomainName>{}(name) % entries_.size()];
    if (entry.name != name.text()) entry = {name.text(), look_up(name)};
    return entry.registrable;
  }

 private:
  struct Entry {
    std::string name;
    std::size_t registrable = 0;
  };
  std::array<Entry, 512> entries_;
};

std::string_view registrable_text(const DomainName& name) {
  thread_local Memory memory;
  const std::string_view text = name.text();
  return text.substr(text.size() - memory.look_up_once(name));
}

}  // namespace

emltrace::Result<void> use_public_suffix_list(const std::string& path) {
  List given(psl_load_file(path.c_str()));
  if (!given) return Error{path + ": not a readable public suffix list"};
  // A file of any other kind also loads, as a list without rules.
  if (psl_suffix_count(given.get()) == 0) return Error{path + ": no public suffix in it"};
  holder().list = std::move(given);
  return {};
}

DomainName registrable_domain(const DomainName& name) {
  const std::string_view found = registrable_text(name);
  return found.size() == name.text().size() ? name : name.last_labels(labels_in(found));
}

bool same_organization(const DomainName& a, const DomainName& b) {
  return a == b || registrable_text(a) == registrable_text(b);
}

bool has_public_top_level(const DomainName& name) {
  const std::string top = name.last_labels(1).text();
  if (top == "example") return true;
  const psl_ctx_t* rules = list();
  // The list's own rule for what it does not name ("*") would take everything for a suffix.
  return rules == nullptr ||
         psl_is_public_suffix2(rules, top.c_str(), PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE) == 1;
}

}  // namespace emltrace::auth
