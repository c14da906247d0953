// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

class QTextStream;

namespace cycast
{

enum class Program : quint8 { Desktop, Headless };

/// What the command line asks for.
struct CommandLine {
    enum class Action : quint8 {
        Run,
        PrintText, ///< --help, --version: print `text` to the standard output, exit 0
        PrintConfig,
        CheckReach, ///< headless only: checkReach()
        Misuse,     ///< print `text` to the standard error, exit 2
    };
    Action action = Action::Run;
    QString text;
    QString configPath; ///< as given with -c; defaultPath() otherwise
    bool configGiven = false;
    bool anyPort = false; ///< port 0 in the settings is "any free port"
    QStringList files;    ///< music and playlists to open; desktop only
};

inline constexpr int kExitMisuse = 2; ///< also for a settings file that cannot be used

/// `arguments` with the program's name first, as main() gets them. Needs no QCoreApplication, so that --help
/// works without a display; options that belong to Qt itself (-platform ...) are passed over. Pure.
CommandLine parseCommandLine(const QStringList &arguments, Program program);

/// Carries out every action but Run and CheckReach: returns the exit code. --print-config writes the settings
/// in force as JSON to `out` and warnings to `err`, or the error ("file:line:column: ...") to `err`.
int answerCommandLine(const CommandLine &command, QTextStream &out, QTextStream &err);

} // namespace cycast
