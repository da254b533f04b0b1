#include "emltrace/dns/known.hpp"
