#include "base/text.hpp"
#include "message/received/by.hpp"
#include "message/received/from.hpp"
#include "message/received/quirks.hpp"

namespace emltrace::received {

void read_helo_name(Draft& draft) {
  Received::From& from = draft.out.from;
  from.helo_stated = from.helo_stated || (from.helo && draft.from.tcp);
}

void read_looked_up_name(Draft& draft) {
  Received::From& from = draft.out.from;
  if (!from.helo || from.helo_stated) {
    return;
  }
  if (is_no_name(*from.helo)) {
    from.helo.reset();
    return;
  }
  from.rdns = looked_up_name(*from.helo);
}

void read_address_name(Draft& draft) {
  Received::From& from = draft.out.from;
  if (!from.helo || from.helo_stated || from.invalid_ip || from.redacted) {
    return;
  }
  if (from.ip) {
    const auto repeated = read_address(*from.helo);
    if (repeated && repeated->address == *from.ip) {
      from.helo.reset();
    }
    return;
  }
  if (const auto address = read_address(*from.helo)) {
    from.ip = address->address;
    from.port = address->port;
    from.helo.reset();
  }
}

void read_own_address(Draft& draft) {
  read_helo_name(draft);
  Received::By& by = draft.out.by;
  const auto address = by.software && !by.ip ? read_address(*by.software) : std::nullopt;
  if (address) {
    by.ip = address->address;
    by.software.reset();
    read_comments(draft, draft.region(Clause::by), true);
  }
}

}  // namespace emltrace::received
