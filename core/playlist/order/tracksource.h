// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/playlistentry.h"

#include <optional>

namespace cycast
{

/// What comes next, one track after the other, for whoever reads ahead. Every track that is taken is a turn
/// with a number of its own, so that nobody has to count how many were taken since: numbers grow and never
/// come again.
class TrackSource
{
public:
    TrackSource() = default;
    virtual ~TrackSource() = default;

    /// What take() would give. Changes nothing, so that asking does not decide.
    virtual std::optional<PlaylistEntry> peek() const = 0;
    /// Nothing: there is none for now.
    virtual std::optional<PlaylistEntry> take() = 0;
    /// Of the track that was taken last; 0: none was.
    virtual quint64 turn() const = 0;
    /// As if nothing had been taken after that turn: it comes again, in the same order.
    virtual void rewind(quint64 turn) = 0;
    virtual bool isJingle(quint64 id) const = 0;

protected:
    TrackSource(const TrackSource &) = default;
    TrackSource &operator=(const TrackSource &) = default;
};

} // namespace cycast
