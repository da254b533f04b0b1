#include "emltrace/dns/answer.hpp"
