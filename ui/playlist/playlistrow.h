// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/settings.h"
#include "core/values/playlistentry.h"

#include <QVariant>

namespace cycast
{

/// What a table of tracks shows of one of them. Pure; refers to its arguments only while it is asked.
struct PlaylistRow {
    enum Column { TitleColumn, ArtistColumn, LengthColumn, FormatColumn, ColumnCount };

    const PlaylistEntry &entry;
    const Settings &settings; ///< by the block "encoder" a row says whether it is sent as it is or encoded
    bool isPlaying = false;

    /// For the roles of Qt's views; invalid where there is nothing to say.
    QVariant data(int column, int role) const;
    static QVariant header(int column, int role);

private:
    QVariant text(int column) const;
    QVariant picture() const;
    QString toolTip() const;
    QVariant spoken() const;
    QString delivery() const;
    QString format() const;
};

} // namespace cycast
