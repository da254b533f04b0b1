#include "auth/dkim2/chain.hpp"

#include <algorithm>
#include <limits>

#include "base/text.hpp"

namespace emltrace::dkim2 {
namespace {

constexpr std::size_t kUnread = std::numeric_limits<std::size_t>::max();

std::size_t number_of(const Instance& instance) {
  return instance.m.value_or(kUnread);
}
std::size_t number_of(const Signature& signature) {
  return signature.i.value_or(kUnread);
}

template <class T>
const T* only_one(const std::vector<T>& all, std::size_t number) {
  const auto found =
      std::ranges::equal_range(all, number, {}, [](const T& each) { return number_of(each); });
  return found.size() == 1 && number != kUnread ? &found.front() : nullptr;
}

// The numbers are to be 1, 2, 3 …: `missing` and `doubled` are told of the first that is not.
template <class T, class Tell>
void check_numbers(const std::vector<T>& all, Tell tell) {
  std::size_t expected = 1;
  for (const T& each : all) {
    const std::size_t number = number_of(each);
    if (number == kUnread) return;
    if (number > expected) return tell(expected, true);
    if (number < expected) return tell(number, false);
    ++expected;
  }
}

class Collector {
 public:
  explicit Collector(const Message& message) {
    for (const Field& field : message.fields()) {
      if (text::iequals(field.name, "Message-Instance")) {
        add(out_.instances, field, parse_instance);
      } else if (text::iequals(field.name, "DKIM2-Signature")) {
        add(out_.signatures, field, parse_signature);
      }
    }
  }

  Chain collect() {
    if (out_.empty()) return std::move(out_);
    const auto by_number = [](const auto& each) { return number_of(each); };
    std::ranges::stable_sort(out_.instances, {}, by_number);
    std::ranges::stable_sort(out_.signatures, {}, by_number);
    for (const Instance& instance : out_.instances) note(instance.fault);
    for (const Signature& signature : out_.signatures) note(signature.fault);
    check_signatures();
    check_instances();
    check_order();
    return std::move(out_);
  }

 private:
  template <class T>
  void add(std::vector<T>& to, const Field& field, T (*parse)(const Field&)) {
    if (to.size() < kMaxFields) {
      to.push_back(parse(field));
    } else if (!limited_) {
      limited_ = true;
      note({Problem::limit, "there are more DKIM2 fields than are looked at", {}});
    }
  }

  void note(const Fault& fault) {
    if (fault) out_.faults.push_back(fault);
  }

  void check_signatures() {
    if (out_.signatures.empty()) {
      note(signature_fault(Problem::signature_missing, 1, "missing"));
      return;
    }
    check_numbers(out_.signatures, [&](std::size_t i, bool missing) {
      note(missing ? signature_fault(Problem::signature_missing, i, "missing")
                   : signature_fault(Problem::signature_syntax, i, "is there twice"));
    });
  }

  void check_instances() {
    check_numbers(out_.instances, [&](std::size_t m, bool missing) {
      out_.is_whole = false;
      note(missing ? instance_fault(Problem::instance_missing, m, "missing")
                   : instance_fault(Problem::instance_syntax, m, "is there twice"));
    });
    std::size_t highest = 0, covered = 0;
    for (const Instance& each : out_.instances) highest = std::max(highest, each.m.value_or(0));
    for (const Signature& each : out_.signatures) covered = std::max(covered, each.m.value_or(0));
    if (covered == highest) return;
    out_.is_whole = false;
    note(covered > highest ? instance_fault(Problem::instance_missing, covered, "missing")
                           : instance_fault(Problem::instance_unsigned, highest, "is not signed"));
  }

  // A signature that covers less than an earlier one looks away from a change made before it.
  void check_order() {
    std::size_t covered = 0;
    for (const Signature& signature : out_.signatures) {
      if (signature.m.value_or(covered) < covered)
        note(signature_fault(Problem::signature_syntax, signature.i,
                             "covers less than an earlier signature"));
      covered = std::max(covered, signature.m.value_or(0));
    }
  }

  Chain out_;
  bool limited_ = false;
};

}  // namespace

const Instance* Chain::instance(std::size_t m) const {
  return only_one(instances, m);
}

const Signature* Chain::signature(std::size_t i) const {
  return only_one(signatures, i);
}

const Signature* Chain::maker_of(std::size_t m) const {
  const auto found = std::ranges::find_if(
      signatures, [m](const Signature& each) { return each.i && each.m.value_or(0) >= m; });
  return found == signatures.end() ? nullptr : &*found;
}

const Signature* Chain::newest() const {
  const Signature* last = nullptr;
  for (const Signature& each : signatures) {
    if (each.i) last = &each;
  }
  return last;
}

Chain collect_chain(const Message& message) {
  return Collector(message).collect();
}

}  // namespace emltrace::dkim2
