/** One account in the list, and what an administrator can do with it. */
import { Ellipsis, Lock, LockOpen, ShieldMinus, ShieldPlus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { useScopes } from '../../auth/signed-in.tsx';
import { graphql } from '../../graphql/generated/gql.ts';
import type { UsersQuery } from '../../graphql/generated/graphql.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Badge } from '../../ui/badge.tsx';
import { ListRow } from '../../ui/card.tsx';
import { FormRefusals } from '../../ui/form-refusals.tsx';
import { ConfirmModal } from '../../ui/modal.tsx';
import { Moment } from '../../ui/time.tsx';
import type { UserError } from '../../ui/user-errors.ts';

const LockUser = graphql(/* GraphQL */ `
  mutation LockUser($input: LockUserInput!) {
    lockUser(input: $input) {
      user {
        id
        lockedAt
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`);

const UnlockUser = graphql(/* GraphQL */ `
  mutation UnlockUser($input: UnlockUserInput!) {
    unlockUser(input: $input) {
      user {
        id
        lockedAt
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`);

const SetUserRoles = graphql(/* GraphQL */ `
  mutation SetUserRoles($input: SetUserRolesInput!) {
    setUserRoles(input: $input) {
      user {
        id
        roles
      }
      userErrors {
        code
        message
        path
      }
    }
  }
`);

type User = UsersQuery['users']['nodes'][number];
type Act = 'lock' | 'unlock' | 'promote' | 'demote';

const icons = { lock: Lock, unlock: LockOpen, promote: ShieldPlus, demote: ShieldMinus } as const;

const menuItem =
  'flex items-center gap-2.5 px-3 py-2 rounded-1 text-14 select-none cursor-pointer outline-none data-[highlighted]:bg-sunken';

export const UserRow = ({ user, own }: { user: User; own: boolean }) => {
  const { t } = useTranslation();
  const mayChange = useScopes().has('admin:users:write');
  const [asked, setAsked] = useState<Act | null>(null);
  const [refusals, setRefusals] = useState<readonly UserError[]>([]);
  const [locking, lock] = useMutation(LockUser);
  const [unlocking, unlock] = useMutation(UnlockUser);
  const [setting, setRoles] = useMutation(SetUserRoles);
  const trigger = useRef<HTMLButtonElement>(null);
  const administrator = user.roles.includes('ADMINISTRATOR');
  const locked = user.lockedAt != null;
  const acts: Act[] = [locked ? 'unlock' : 'lock', administrator ? 'demote' : 'promote'];

  const close = () => {
    setAsked(null);
    setRefusals([]);
  };
  const act = async () => {
    const input = { id: user.id };
    let payload: { userErrors: readonly UserError[] } | undefined;
    switch (asked) {
      case 'lock':
        payload = (await lock({ input })).data?.lockUser;
        break;
      case 'unlock':
        payload = (await unlock({ input })).data?.unlockUser;
        break;
      case 'promote':
      case 'demote': {
        const roles = asked === 'promote' ? (['ADMINISTRATOR'] as const) : [];
        payload = (await setRoles({ input: { ...input, roles: [...roles] } })).data?.setUserRoles;
        break;
      }
    }
    if (payload === undefined) return;
    if (payload.userErrors.length > 0) setRefusals(payload.userErrors);
    else close();
  };
  const error = { lock: locking, unlock: unlocking, promote: setting, demote: setting }[asked ?? 'lock'].error;

  return (
    <ListRow
      compact
      mark={<Avatar name={user.name} of="person" />}
      actions={
        mayChange ? (
          <DropdownMenu.Root modal={false}>
            <DropdownMenu.Trigger
              ref={trigger}
              aria-label={t('users.menuOf', { name: user.name })}
              className="grid place-items-center size-10 pointer-coarse:size-11 rounded-1 text-muted hover:bg-sunken"
            >
              <Ellipsis aria-hidden />
            </DropdownMenu.Trigger>
            <DropdownMenu.Content
              align="end"
              sideOffset={4}
              collisionPadding={12}
              className="z-20 min-w-52 p-1.5 bg-surface border border-line rounded-2 shadow-panel"
            >
              {acts.map((each) => {
                const Icon = icons[each];
                return (
                  <DropdownMenu.Item key={each} className={menuItem} onSelect={() => setAsked(each)}>
                    <Icon aria-hidden className="text-muted" />
                    {t(`users.${each}`)}
                  </DropdownMenu.Item>
                );
              })}
            </DropdownMenu.Content>
          </DropdownMenu.Root>
        ) : null
      }
    >
      <span className="flex flex-wrap items-center gap-2 font-[600]">
        {user.name}
        {own ? <Badge>{t('users.you')}</Badge> : null}
        {administrator ? <Badge look="accent">{t('administrator')}</Badge> : null}
        {locked ? <Badge look="danger">{t('users.locked')}</Badge> : null}
        {user.emailVerified === false ? <Badge look="warn">{t('email.unconfirmed')}</Badge> : null}
      </span>
      <span className="text-13">
        @{user.username}
        {user.email ? `, ${user.email}` : ''}
      </span>
      <span className="text-13 text-muted">
        {t('users.since')} <Moment at={user.createdAt} />
      </span>
      <ConfirmModal
        open={asked !== null}
        onClose={() => {
          close();
          trigger.current?.focus();
        }}
        title={asked ? t(`users.${asked}Title`, { name: user.name }) : ''}
        confirm={asked ? t(`users.${asked}`) : ''}
        dangerous={asked === 'lock' || asked === 'demote'}
        onConfirm={act}
        error={error}
      >
        {asked ? <p>{t(`users.${asked}Body`, { name: user.name })}</p> : null}
        <FormRefusals refusals={refusals} />
      </ConfirmModal>
    </ListRow>
  );
};
