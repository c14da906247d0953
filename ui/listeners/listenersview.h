// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/values/ban.h"
#include "core/values/listenerinfo.h"
#include "core/values/stationstatus.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

class QAction;
class QLabel;
class QLineEdit;
class QStackedLayout;
class QTableView;
class QToolButton;

namespace cycast
{

class BanActions;
class BanList;
class ListenersFilter;
class ListenersModel;
class LeftList;
class StationControl;

/// The card with the table of listeners: filter, sort, copy an address, remove somebody; and of those who
/// left lately. Asks for listener tables only while it is on the screen.
class ListenersView : public QWidget
{
    Q_OBJECT

public:
    explicit ListenersView(StationControl &control, QWidget *parent = nullptr);
    ~ListenersView() override;

    /// Offers banning, into this list, which must outlive it.
    void setBanList(BanList &list);
    /// Of those who listen now.
    int hitsOf(const Ban &ban) const;

public slots:
    /// The dialogs: one ban, and all of them. Nothing without a list of bans.
    void banSelected(const cycast::Ban &ban);
    void showBans();

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildTable();
    void buildActions();
    void stretchPlayer();
    void showStatus(const StationStatus &status);
    void receive(const ListenersUpdate &update);
    void showPage();
    void takeColours();
    void sortAgain();
    QList<quint64> selectedIds() const;
    void removeSelected();
    void copyAddresses();
    void countHours(const StationStatus &status);

    StationControl &m_control;
    ListenersModel *m_model;
    ListenersFilter *m_filter;
    QTableView *m_table;
    LeftList *m_left;
    QToolButton *m_showLeft;
    QLineEdit *m_search;
    QLabel *m_summary;
    QLabel *m_empty;
    QStackedLayout *m_pages;
    QAction *m_removeAction = nullptr;
    QAction *m_copyAction = nullptr;
    BanActions *m_bans = nullptr;
    QElapsedTimer m_hoursClock;
    double m_listenerHours = 0.0; ///< of this broadcast
    QTimer m_sortTimer;           ///< runs while visible and sorted by something that changes
};

} // namespace cycast
