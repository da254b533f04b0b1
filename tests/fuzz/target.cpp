#include "fuzz/target.hpp"

#include <algorithm>

namespace emltrace::fuzz {
namespace {

std::vector<Target>& registered() {
  static std::vector<Target> all;
  return all;
}

}  // namespace

Registration::Registration(const Target& target) {
  auto& all = registered();
  all.insert(std::ranges::upper_bound(all, target.name, {}, &Target::name), target);
}

const std::vector<Target>& targets() {
  return registered();
}

}  // namespace emltrace::fuzz
