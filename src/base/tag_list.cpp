#include "emltrace/base/tag_list.hpp"
