// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace cycast
{

/// Why a file could not be opened, read, decoded or looked into: who is to blame decides what follows.
enum class TrackFault : quint8 {
    File,     ///< it is damaged, no music, or may not be read: for good, until it changes
    Missing,  ///< it is not there: its drive may come back
    NoAnswer, ///< its disk did not answer in time: passes
    Stopped,  ///< somebody else ended the helper program: passes
    Machine   ///< no descriptors, no memory, a disk that reports errors, no helper: never the track's own
};

struct TrackError {
    Sentence sentence;
    TrackFault kind = TrackFault::File;
    bool operator==(const TrackError &) const = default;
};

template<class T>
using TrackResult = tl::expected<T, TrackError>;

inline tl::unexpected<TrackError> trackFailure(Sentence sentence, TrackFault kind = TrackFault::File)
{
    return tl::unexpected<TrackError>({std::move(sentence), kind});
}

inline tl::unexpected<TrackError> trackFailure(const QString &verbatim, TrackFault kind = TrackFault::File)
{
    return trackFailure(Sentence(verbatim), kind);
}

/// It may well go later, without anybody changing the file.
constexpr bool isPassing(TrackFault kind)
{
    return kind != TrackFault::File;
}

} // namespace cycast
