#include "emltrace/base/domain.hpp"
