// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace cycast
{

/// A file that somebody opened for us: its descriptor, which this owns, and its name, for sentences and for
/// its ending. Movable.
class TrackFile
{
public:
    TrackFile() = default;
    TrackFile(int descriptor, QString name);
    /// For tests and for people: opens it itself, which the helper program may not.
    static Result<TrackFile> at(const QString &path);
    TrackFile(TrackFile &&other) noexcept;
    TrackFile &operator=(TrackFile &&other) noexcept;
    ~TrackFile();

    int descriptor() const { return m_descriptor; } ///< -1: none came
    QString name() const { return m_name; }
    /// Another one of the same file.
    TrackFile again() const;

private:
    Q_DISABLE_COPY(TrackFile)

    int m_descriptor = -1;
    QString m_name;
};

} // namespace cycast
