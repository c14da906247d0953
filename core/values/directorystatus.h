// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"

#include <QDateTime>
#include <QMetaType>
#include <QString>

namespace cycast
{

/// How the station stands with the public directory.
struct DirectoryStatus {
    enum class State : quint8 {
        Off,        ///< not wanted, or there is nothing to list: `why`
        Waiting,    ///< the first word to it is due at `nextAttempt`
        Listed,     ///< it has accepted the station
        Refused,    ///< it has not: `answer` says why; tried again at `nextAttempt`
        Unreachable ///< it did not answer: `answer`; likewise
    };
    State state = State::Off;
    Sentence why;          ///< Off only; empty: because nobody asked for it
    QString answer;        ///< the directory's own last words (data), or the system's
    QDateTime nextAttempt; ///< when it is told or asked next; invalid: not at all
    bool operator==(const DirectoryStatus &) const = default;
};

} // namespace cycast

Q_DECLARE_METATYPE(cycast::DirectoryStatus)
