// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMenu>

namespace cycast
{

/// The menu of what was added lately, newest first: folders, playlists and files, kept in a file of its own.
class RecentFiles : public QMenu
{
    Q_OBJECT

public:
    static constexpr int limit = 10;

    /// An empty path keeps nothing.
    explicit RecentFiles(QString path, QWidget *parent = nullptr);

    /// One step of adding: of several files only the folder they are in is remembered.
    void remember(const QStringList &paths);
    const QStringList &paths() const { return m_paths; }

signals:
    void chosen(const QString &path);

private:
    void fill();
    void save();

    QString m_file;
    QStringList m_paths;
};

} // namespace cycast
