// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/playlistentry.h"

class QMimeData;

namespace cycast
{

/// What is dragged in and out of the playlist. Pure functions.

QStringList playlistMimeTypes();
QMimeData *mimeOfEntries(const QList<PlaylistEntry> &entries);

/// Ids of rows dragged within this very process; empty for everything else.
QList<quint64> draggedRows(const QMimeData *data);

/// Local files and folders in what a file manager, browser or text editor hands over (URLs, uri-list, or
/// plain text with one path or file:// URL a line). Empty when there are none.
QStringList droppedPaths(const QMimeData *data);

} // namespace cycast
