#pragma once

namespace emltrace::cli {

/// Exit statuses of the command. Where several apply the first in this list wins.
enum class Status : int {
  interrupted = 130,    ///< SIGINT or SIGTERM ended a batch early; what was done is written
  internal_error = 70,  ///< a fault of the program itself (EX_SOFTWARE of sysexits)
  reader_gone = 141,    ///< nobody reads the report any more, as SIGPIPE would say it
  not_written = 74,     ///< a report or recording could not be written whole (EX_IOERR)
  wrong_usage = 2,      ///< the command line is wrong
  not_read = 3,         ///< an input could not be read, holds no header field, or gives nothing
                        ///< that a report of abuse could be made of
  level_reached = 1,    ///< `--fail-on` was reached
  undecided = 4,        ///< `--fail-on` could not be decided because DNS failed
  traced = 0,
};

/// The status that stands for both.
[[nodiscard]] Status worse(Status a, Status b);

}  // namespace emltrace::cli
