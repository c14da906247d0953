// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/announce/addressupdate.h"
#include "core/announce/announcements.h"
#include "core/announce/yplisting.h"
#include "core/values/directorystatus.h"
#include "core/web/webcaller.h"

#include <QObject>
#include <QTimer>

namespace cycast
{

/// Tells others where the station is and what it plays: calls the user's update address when the public
/// address has changed, and keeps the entry in a public directory. What was told is kept over restarts. Costs
/// nothing while there is nothing to tell. Lives in the caller's thread.
class Announcer : public QObject
{
    Q_OBJECT

public:
    /// `file`: where it is kept what was told; empty: nowhere.
    explicit Announcer(QString file, QObject *parent = nullptr);
    ~Announcer() override;

    void follow(const Announcements &now);
    const DirectoryStatus &directory() const { return m_directory; }

signals:
    void directoryChanged(const cycast::DirectoryStatus &status);

private:
    void load();
    void save();
    void proceed();
    void takeUpdate(const WebAnswer &answer);
    void takeListing(const WebAnswer &answer);
    void tellDirectory();

    const QString m_file;
    Announcements m_now;
    AddressUpdate m_update;
    YpListing m_listing;
    DirectoryStatus m_directory;
    WebCaller m_web;
    WebCaller m_directoryWeb;
    QTimer m_timer; ///< until something is due
};

} // namespace cycast
