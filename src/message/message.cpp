#include "emltrace/message/message.hpp"
