#include "auth/arc/chain.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "base/tag_list.hpp"
#include "base/text.hpp"

namespace emltrace::arc {
namespace {

enum class Part { results, message, seal };
constexpr std::array<std::string_view, 3> kNames{"ARC-Authentication-Results",
                                                 "ARC-Message-Signature", "ARC-Seal"};

std::string_view name_of(Part part) {
  return kNames[static_cast<std::size_t>(part)];
}

std::optional<Part> part_of(const Field& field) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (text::iequals(field.name, kNames[i])) return static_cast<Part>(i);
  }
  return std::nullopt;
}

std::string at_instance(Part part, int instance) {
  return std::string(name_of(part)) + " of i=" + std::to_string(instance);
}

// position = 1*2DIGIT ; 1 - 50
bool is_position(const std::optional<int>& instance) {
  return instance && *instance >= 1 && *instance <= kMaxSets;
}

// An AMS that covered a seal would depend on what is written after it. The other ARC fields must
// not be covered either (RFC 8617 4.1.2), but that harms its own writer alone and is common in real
// mail.
std::string fault_of(Part part, const SignedField& signed_field) {
  const auto& headers = signed_field.signature.headers;
  if (part == Part::message) {
    return std::find(headers.begin(), headers.end(), "arc-seal") != headers.end()
               ? "h= names ARC-Seal"
               : "";
  }
  // RFC 8617 4.1.3: what a seal covers is fixed.
  return TagList::parse(signed_field.field->body).find("h") ? "h= must not stand in an ARC-Seal"
                                                            : "";
}

class Collector {
 public:
  explicit Collector(const Message& message) : message_(message) {}

  Chain collect() {
    for (std::size_t i = 0; i < message_.fields().size(); ++i) {
      const Field& field = message_.fields()[i];
      if (const auto part = part_of(field)) add(*part, field, i);
    }
    Chain chain;
    for (auto& [instance, link] : links_) chain.links.push_back(std::move(link));
    judge(chain);
    return chain;
  }

 private:
  void complain(std::string problem) {
    if (!problem_) problem_ = std::move(problem);
  }

  void add(Part part, const Field& field, std::size_t index) {
    any_ = true;
    if (++counts_[static_cast<std::size_t>(part)] > kMaxSets) {
      too_many_ = true;
      return;
    }
    if (part == Part::results) {
      add_results(field);
      return;
    }
    SignedField signed_field;
    signed_field.field = &field;
    signed_field.index = index;
    signed_field.signature =
        dkim::parse_signature(field, part == Part::message ? dkim::SignatureKind::arc_message
                                                           : dkim::SignatureKind::arc_seal);
    signed_field.fault = fault_of(part, signed_field);
    if (Link* link = link_for(part, field, signed_field.signature.instance)) {
      auto& place = part == Part::message ? link->message : link->seal;
      if (place) {
        complain("more than one " + at_instance(part, link->instance));
      } else {
        place = std::move(signed_field);
      }
    }
  }

  void add_results(const Field& field) {
    AuthResults stated = parse_auth_results(field.body);
    Link* link = link_for(Part::results, field, stated.instance);
    if (link == nullptr) return;
    if (link->results != nullptr) {
      complain("more than one " + at_instance(Part::results, link->instance));
      return;
    }
    link->results = &field;
    link->stated = std::move(stated);
  }

  Link* link_for(Part part, const Field& field, const std::optional<int>& instance) {
    if (!is_position(instance)) {
      complain(std::string(name_of(part)) + " in line " + std::to_string(field.line) +
               " has no instance of 1 to " + std::to_string(kMaxSets));
      return nullptr;
    }
    Link& link = links_[*instance];
    link.instance = *instance;
    return &link;
  }

  void judge(Chain& chain) {
    if (!any_) return;
    if (too_many_) {
      chain.problem = "more than " + std::to_string(kMaxSets) + " sets";
      return;
    }
    // Step 2 goes before the structure: a chain that was declared broken may look like anything.
    if (!chain.links.empty()) {
      const auto& newest = chain.links.back().seal;
      chain.marked_failed = newest && newest->signature.chain_status &&
                            text::iequals(*newest->signature.chain_status, "fail");
    }
    if (chain.marked_failed) {
      const dkim::Signature& seal = chain.links.back().seal->signature;
      chain.problem = "declared broken (cv=fail) by " +
                      std::string(seal.domain_text.value_or("an unnamed sealer")) +
                      " at i=" + std::to_string(chain.links.back().instance);
      return;
    }
    check_sequence(chain.links);
    if (!problem_) check_status(chain.links);
    chain.problem = std::move(problem_);
  }

  void check_sequence(const std::vector<Link>& links) {
    int expected = 1;
    for (const Link& link : links) {
      if (link.instance != expected) {
        complain("there is no set i=" + std::to_string(expected));
        return;
      }
      ++expected;
      if (link.results == nullptr) complain("no " + at_instance(Part::results, link.instance));
      if (!link.message) complain("no " + at_instance(Part::message, link.instance));
      if (!link.seal) complain("no " + at_instance(Part::seal, link.instance));
    }
  }

  // seal-cv-tag = %s"cv" [CFWS] "=" [CFWS] ("none" / "fail" / "pass")
  void check_status(const std::vector<Link>& links) {
    for (const Link& link : links) {
      const std::string_view wanted = link.instance == 1 ? "none" : "pass";
      const auto status = link.seal->signature.chain_status;
      if (status && text::iequals(*status, wanted)) continue;
      complain(at_instance(Part::seal, link.instance) +
               (status ? " says cv=" + text::to_valid_utf8(status->substr(0, 40)) : " lacks cv=") +
               " where " + std::string(wanted) + " must stand");
    }
  }

  const Message& message_;
  std::map<int, Link> links_;
  std::array<int, 3> counts_{};
  bool any_ = false;
  bool too_many_ = false;
  std::optional<std::string> problem_;
};

}  // namespace

Chain collect_chain(const Message& message) {
  return Collector(message).collect();
}

}  // namespace emltrace::arc
