#include "emltrace/base/date.hpp"
