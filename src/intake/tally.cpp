#include "intake/tally.hpp"

#include <utility>

namespace emltrace::intake {

void Tally::begin(std::string path, std::string_view kind) {
  open_ = true;
  path_ = std::move(path);
  kind_ = kind;
  without_ = 0;
  others_ = 0;
}

void Tally::count(std::deque<Entry>& entries) {
  if (!open_) return;
  const std::size_t before = entries.size();
  const std::size_t taken = std::erase_if(entries, [](const Entry& entry) {
    const auto* fault = std::get_if<Fault>(&entry);
    return fault != nullptr && fault->kind == Fault::Kind::no_message;
  });
  without_ += taken;
  others_ += before - taken;
}

std::optional<Fault> Tally::end() {
  if (!open_) return std::nullopt;
  open_ = false;
  if (others_ == 0 && !kind_.empty()) {
    return Fault{path_, "is " + kind_ + " that holds no message", Fault::Kind::no_message};
  }
  if (without_ == 0) return std::nullopt;
  const std::string line = without_ == 1 ? "1 file holds no message"
                                         : std::to_string(without_) + " files hold no message";
  return Fault{path_, line, others_ == 0 ? Fault::Kind::no_message : Fault::Kind::note};
}

}  // namespace emltrace::intake
