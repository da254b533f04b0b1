#include "emltrace/base/ip.hpp"
