// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/programme/timeline.h"

#include <QList>

namespace cycast
{

/// What of the timeline has been heard, each item once: broadcasters call it the as-run log. Pure.
class AsRunLog
{
public:
    /// What is heard at `head`, and before, is told already.
    void start(const Timeline &timeline, Flicks head);
    /// What has begun since: the last one is heard now, and those before it began and ended in between.
    /// Nothing: all is as before. Forgets what the timeline had before that.
    QList<TimelineItem> follow(Timeline &timeline, Flicks head);

private:
    quint64 m_serial = 0; ///< of the item that was heard last
};

} // namespace cycast
