#include "dns/question.hpp"

#include <array>

namespace emltrace::dns {
namespace {

struct TypeRow {
  Type type;
  std::string_view name;
};

constexpr std::array kTypes = {
    TypeRow{Type::a, "A"},         TypeRow{Type::ns, "NS"},       TypeRow{Type::cname, "CNAME"},
    TypeRow{Type::soa, "SOA"},     TypeRow{Type::ptr, "PTR"},     TypeRow{Type::mx, "MX"},
    TypeRow{Type::txt, "TXT"},     TypeRow{Type::aaaa, "AAAA"},   TypeRow{Type::spf, "SPF"},
    TypeRow{Type::dname, "DNAME"}, TypeRow{Type::hinfo, "HINFO"},
};

}  // namespace

std::string_view to_string(Type type) {
  for (const TypeRow& row : kTypes) {
    if (row.type == type) return row.name;
  }
  return "unknown";
}

std::optional<Type> parse_type(std::string_view name) {
  for (const TypeRow& row : kTypes) {
    if (row.name == name) return row.type;
  }
  return std::nullopt;
}

std::string to_string(const Question& question) {
  return question.name.text() + " " + std::string(to_string(question.type));
}

}  // namespace emltrace::dns
