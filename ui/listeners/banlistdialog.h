// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/listeners/bandialog.h"

class QTreeWidget;

namespace cycast
{

class BanList;

/// Who may not listen: the whole list, to add to, edit and shorten.
class BanListDialog : public QDialog
{
    Q_OBJECT

public:
    BanListDialog(BanList &list, BanDialog::Preview preview, QWidget *parent = nullptr);

private:
    void fill();
    void edit(int row);
    void remove();

    BanList &m_list;
    BanDialog::Preview m_preview;
    QTreeWidget *m_rows;
    QPushButton *m_edit;
    QPushButton *m_remove;
};

} // namespace cycast
