#include "intake/item.hpp"

namespace emltrace::intake {

std::string_view to_string(Kind kind) {
  return kind == Kind::headers ? "headers" : "message";
}

}  // namespace emltrace::intake
