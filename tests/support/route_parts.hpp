#pragma once

#include <string>

#include "support/route_maker.hpp"

/// Pieces of routes that stand in several kinds of them.
namespace emltrace::test {

/// What a mail system says about a connection: whom it judged.
struct Judged {
  std::string ip, helo;
};

/// Google's receipt: its border line with the results below it. `by`: mx.google.com.
void add_google_border(RouteMaker& maker, Route& route, const Host& client, const Judged& judged);
void add_google_inner(RouteMaker& maker, Route& route);
/// Exchange Online: its border line with the results above it, and two or three inner ones.
void add_outlook_border(RouteMaker& maker, Route& route, const Host& client, const Judged& judged);
void add_outlook_inner(RouteMaker& maker, Route& route);

/// Outbound hosts of providers, with their names in DNS and their SPF for the author's domain.
[[nodiscard]] Host google_out(RouteMaker& maker, Route& route);
[[nodiscard]] Host outlook_out(RouteMaker& maker, Route& route);

/// MX records of a domain, the first one preferred.
void add_mx(Route& route, const std::string& domain, std::initializer_list<std::string> hosts);
[[nodiscard]] std::string domain_of(const std::string& address);

}  // namespace emltrace::test
