// SPDX-FileCopyrightText: Cycast Desktop developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace cycast
{

class LeftModel;

/// The table of those who have left lately.
class LeftList : public QTableView
{
    Q_OBJECT

public:
    explicit LeftList(QWidget *parent = nullptr);

    LeftModel &model() const { return *m_model; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    LeftModel *m_model;
};

} // namespace cycast
