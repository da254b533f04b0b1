#include "emltrace/dns/question.hpp"
