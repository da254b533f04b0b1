#include "cli/analysis.hpp"

#include <unistd.h>

#include <array>

#include "dns/tape.hpp"
#include "report/library/settled.hpp"

namespace emltrace::cli {
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "localhost";
  return name.data();
}

}  // namespace

trace::Options analysis_options(const Options& options, const DnsChoice& dns) {
  trace::Options out = options.analysis;
  const dns::TapeHead* replayed = dns.replayed();
  const bool told = !options.now && replayed != nullptr && replayed->now;
  out.now = options.now.value_or(told ? *replayed->now : report::library::present());
  out.now_given = options.now || (told && replayed->now_given);
  out.dns_available = dns.available();
  return out;
}

std::string authserv_id(const Options& options) {
  return options.authserv_id.value_or(host_name());
}

}  // namespace emltrace::cli
