// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"

#include <QDateTime>
#include <QMetaType>
#include <QString>

namespace cycast
{

/// One line of the log, already free of control characters and secrets.
struct LogEntry {
    enum class Level : quint8 { Debug, Info, Warning, Error };
    Level level = Level::Info;
    QDateTime when;
    QString room; ///< "source", "listener", "playlist", ...
    QString text;
    Sentence sentence = {}; ///< what `text` says, where that is a sentence of ours; the same is done to it
    bool operator==(const LogEntry &) const = default;
};

} // namespace cycast

Q_DECLARE_METATYPE(cycast::LogEntry)
