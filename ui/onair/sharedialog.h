// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/stationaddresses.h"

#include <QDialog>

class QGridLayout;
class QVBoxLayout;

namespace cycast
{

/// The addresses of the station, those for everybody apart from those at home, each with Copy, and a sentence
/// that says who can reach them. Shown, not executed.
class ShareDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ShareDialog(QWidget *parent = nullptr);

    void setAddresses(const StationAddresses &addresses);

signals:
    void copied(const QString &text);
    void httpsAsked();
    /// Whether people outside can listen.
    void outsideAsked();

private:
    void addLinks(QGridLayout *grid, const QString &page, const QString &stream);
    void addHeading(QGridLayout *grid, const QString &text);
    void addRow(QGridLayout *grid, const QString &label, const QString &url);

    QVBoxLayout *m_layout;
    QWidget *m_content = nullptr;
};

/// Who can use a link with this host: a sentence. Pure.
QString whoCanReach(const QString &host);

} // namespace cycast
