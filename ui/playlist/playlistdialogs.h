// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace cycast
{

class PlaylistEditor;

/// The questions for files: what to add, and where to save. Opened, never executed: no event loop inside
/// another; each deletes itself and hands its answer to the editor, which must outlive `parent`.
namespace playlistdialogs
{

void askForFiles(PlaylistEditor &editor, QWidget *parent);
void askForFolder(PlaylistEditor &editor, QWidget *parent);
void askForPlaylist(PlaylistEditor &editor, QWidget *parent);
void askWhereToSave(PlaylistEditor &editor, QWidget *parent);

} // namespace playlistdialogs

} // namespace cycast
